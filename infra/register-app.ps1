<#
.SYNOPSIS
Registers Liaison in Entra ID: one app of this tenant only, with the permissions it needs. May be repeated.

.DESCRIPTION
Needs PowerShell 7 and the module Microsoft.Graph.Authentication (Install-Module Microsoft.Graph.Authentication).
Sign in as somebody who may register applications and consent for everybody, such as a Global Administrator
or a Privileged Role Administrator together with an Application Administrator.

Without -WholeTenant the app gets no calendar permission here: infra/scope-mailboxes.ps1 then gives it the calendars
of one group in Exchange. Permissions of Entra ID and of Exchange add up, so give only one of the two.

.EXAMPLE
./register-app.ps1 -PublicUrl https://liaison.example.com -Administrator ann@example.com
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # LIAISON_PUBLIC_URL: where people and Outlook reach the web server.
    [Parameter(Mandatory)] [ValidatePattern('^https://[^/?#]+(/[^?#]*)?$')] [string] $PublicUrl,
    # Who gets the role Liaison.Admin, and so becomes the first administrator.
    [Parameter(Mandatory)] [string[]] $Administrator,
    [string] $Name = 'Liaison',
    # Lets the app read and write the calendars of all mailboxes of the tenant.
    [switch] $WholeTenant,
    # Makes a new secret and shows it once. Without it, upload a certificate in the portal.
    [switch] $NewSecret
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$graphAppId = '00000003-0000-0000-c000-000000000000'
# Ids within the app are ours to choose; they stay the same, so that a repetition changes nothing.
$scopeId = '5f5b7a0e-6f0c-4c55-9a5e-2f8f6f5f0b11'
$roleId = '0d9c2b54-7a4e-4b7b-8a37-9b1f0a3c6e22'
$graph = 'https://graph.microsoft.com/v1.0'

function Invoke-Graph([string] $Method, [string] $Path, $Body) {
    $call = @{ Method = $Method; Uri = "$graph/$Path"; OutputType = 'PSObject' }
    if ($Body) {
        $call.Body = $Body | ConvertTo-Json -Depth 10
        $call.ContentType = 'application/json'
    }
    Invoke-MgGraphRequest @call
}

function Find-One([string] $Path) {
    $found = @((Invoke-Graph GET $Path).value)
    if ($found.Count -gt 1) { throw "Several answer to $Path. Remove what is too many, or choose another -Name." }
    if ($found.Count -eq 1) { $found[0] } else { $null }
}

function Get-ServicePrincipal([string] $AppId) {
    Find-One "servicePrincipals?`$filter=appId eq '$AppId'"
}

# Looked up by name in the tenant itself, so that no list of ids can be wrong.
function Get-PermissionId($Principal, [string] $Permission, [string] $Kind) {
    $list = if ($Kind -eq 'Role') { $Principal.appRoles } else { $Principal.oauth2PermissionScopes }
    $found = @($list | Where-Object { $_.value -eq $Permission })
    if ($found.Count -ne 1) { throw "Microsoft Graph offers no permission $Permission." }
    $found[0].id
}

function Add-RoleAssignment([string] $PrincipalId, [string] $ResourceId, [string] $AppRoleId) {
    $given = @((Invoke-Graph GET "servicePrincipals/$ResourceId/appRoleAssignedTo?`$top=999").value)
    if ($given | Where-Object { $_.principalId -eq $PrincipalId -and $_.appRoleId -eq $AppRoleId }) { return }
    Invoke-Graph POST "servicePrincipals/$ResourceId/appRoleAssignedTo" @{
        principalId = $PrincipalId; resourceId = $ResourceId; appRoleId = $AppRoleId
    } | Out-Null
}

Connect-MgGraph -NoWelcome -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All', 'User.Read.All'
$tenantId = (Get-MgContext).TenantId
if (-not $PSCmdlet.ShouldProcess("tenant $tenantId", "register $Name")) { return }

$graphPrincipal = Get-ServicePrincipal $graphAppId
$applicationPermissions = @('User.Read.All')
if ($WholeTenant) { $applicationPermissions += 'Calendars.ReadWrite' }
$access = @($applicationPermissions | ForEach-Object { @{ id = Get-PermissionId $graphPrincipal $_ 'Role'; type = 'Role' } })
$access += @{ id = Get-PermissionId $graphPrincipal 'Calendars.Read.Shared' 'Scope'; type = 'Scope' }

$address = [uri] $PublicUrl.TrimEnd('/')
$body = @{
    displayName            = $Name
    signInAudience         = 'AzureADMyOrg'
    # A page that signs in by itself (single-page application); the first one is the broker of Outlook.
    spa                    = @{ redirectUris = @("brk-multihub://$($address.Authority)", "$($PublicUrl.TrimEnd('/'))/panel/redirect") }
    requiredResourceAccess = @(@{ resourceAppId = $graphAppId; resourceAccess = $access })
    appRoles               = @(@{
            id = $roleId; value = 'Liaison.Admin'; displayName = 'Liaison administrator'
            description = 'Administers Liaison.'; allowedMemberTypes = @('User'); isEnabled = $true
        })
}

$quoted = [uri]::EscapeDataString($Name.Replace("'", "''"))
$app = Find-One "applications?`$filter=displayName eq '$quoted'"
if ($app) { Invoke-Graph PATCH "applications/$($app.id)" $body | Out-Null }
else { $app = Invoke-Graph POST 'applications' $body }

# Two steps: the scope must exist before the app can be authorised for it.
$api = @{
    requestedAccessTokenVersion = 2
    oauth2PermissionScopes      = @(@{
            id = $scopeId; value = 'access_as_user'; type = 'User'; isEnabled = $true
            adminConsentDisplayName = 'Use Liaison'
            adminConsentDescription = 'Lets the pane and the pages call Liaison in the name of whoever is signed in.'
            userConsentDisplayName = 'Use Liaison'
            userConsentDescription = 'Lets the pane and the pages call Liaison in your name.'
        })
}
Invoke-Graph PATCH "applications/$($app.id)" @{ identifierUris = @("api://$($app.appId)"); api = $api } | Out-Null
$api.preAuthorizedApplications = @(@{ appId = $app.appId; delegatedPermissionIds = @($scopeId) })
Invoke-Graph PATCH "applications/$($app.id)" @{ api = $api } | Out-Null

$principal = Get-ServicePrincipal $app.appId
if (-not $principal) { $principal = Invoke-Graph POST 'servicePrincipals' @{ appId = $app.appId } }

# Consent for everybody: the application's own permissions, and reading shared calendars in the caller's name.
foreach ($permission in $applicationPermissions) {
    Add-RoleAssignment $principal.id $graphPrincipal.id (Get-PermissionId $graphPrincipal $permission 'Role')
}
$grant = Find-One "oauth2PermissionGrants?`$filter=clientId eq '$($principal.id)' and resourceId eq '$($graphPrincipal.id)' and consentType eq 'AllPrincipals'"
if ($grant) {
    Invoke-Graph PATCH "oauth2PermissionGrants/$($grant.id)" @{ scope = 'Calendars.Read.Shared' } | Out-Null
}
else {
    Invoke-Graph POST 'oauth2PermissionGrants' @{
        clientId = $principal.id; resourceId = $graphPrincipal.id
        consentType = 'AllPrincipals'; scope = 'Calendars.Read.Shared'
    } | Out-Null
}

foreach ($one in $Administrator) {
    $person = Invoke-Graph GET "users/$([uri]::EscapeDataString($one))?`$select=id"
    Add-RoleAssignment $person.id $principal.id $roleId
}

"LIAISON_PUBLIC_URL=$($PublicUrl.TrimEnd('/'))"
"LIAISON_TENANT_ID=$tenantId"
"LIAISON_CLIENT_ID=$($app.appId)"
if ($NewSecret) {
    $secret = Invoke-Graph POST "applications/$($app.id)/addPassword" @{
        passwordCredential = @{ displayName = 'Liaison server'; endDateTime = (Get-Date).ToUniversalTime().AddYears(1).ToString('o') }
    }
    "LIAISON_CLIENT_SECRET=$($secret.secretText)"
}
if (-not $WholeTenant) {
    Write-Host "Next: ./scope-mailboxes.ps1 -ClientId $($app.appId) -ObjectId $($principal.id) -Group <mail-enabled security group>"
}
