<#
.SYNOPSIS
Lets Liaison read and write the calendars of one group's members, and of nobody else. May be repeated.

.DESCRIPTION
Needs PowerShell 7 and the module ExchangeOnlineManagement (Install-Module ExchangeOnlineManagement), and somebody
of the role group Organization Management. Uses Exchange's own "role based access control for applications".
The group must be mail-enabled; only its direct members count. Exchange may take up to two hours to act on a change.
What the app was granted for the whole tenant in Entra ID stays granted: take Calendars.ReadWrite away there.

.EXAMPLE
./scope-mailboxes.ps1 -ClientId <client id> -ObjectId <id of the enterprise application> -Group liaison-users@example.com -Test ann@example.com
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [guid] $ClientId,
    # Of the enterprise application (service principal), not of the app registration.
    [Parameter(Mandatory)] [guid] $ObjectId,
    [Parameter(Mandatory)] [string] $Group,
    [string] $Name = 'Liaison',
    # Mailboxes to check at the end.
    [string[]] $Test = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Connect-ExchangeOnline -ShowBanner:$false
if (-not $PSCmdlet.ShouldProcess($Group, "let $Name use these calendars")) { return }

$filter = "MemberOfGroup -eq '$((Get-DistributionGroup -Identity $Group).DistinguishedName)'"
if (-not (Get-ServicePrincipal -Identity "$ObjectId" -ErrorAction SilentlyContinue)) {
    New-ServicePrincipal -AppId "$ClientId" -ObjectId "$ObjectId" -DisplayName $Name | Out-Null
}
$scope = "$Name mailboxes"
if (Get-ManagementScope -Identity $scope -ErrorAction SilentlyContinue) {
    Set-ManagementScope -Identity $scope -RecipientRestrictionFilter $filter
}
else {
    New-ManagementScope -Name $scope -RecipientRestrictionFilter $filter | Out-Null
}
$assignment = "$Name calendars"
if (-not (Get-ManagementRoleAssignment -Identity $assignment -ErrorAction SilentlyContinue)) {
    New-ManagementRoleAssignment -Name $assignment -App "$ObjectId" -Role 'Application Calendars.ReadWrite' -CustomResourceScope $scope | Out-Null
}

foreach ($mailbox in $Test) {
    Test-ServicePrincipalAuthorization -Identity "$ObjectId" -Resource $mailbox |
        Select-Object @{ n = 'Mailbox'; e = { $mailbox } }, RoleName, InScope
}
