"""The manifest keeps the order and the limits that Outlook's installation checks, and those that its schema misses."""

import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from uuid import UUID

import pytest

ADDIN = Path(__file__).parents[3] / "addin"
APP = "{http://schemas.microsoft.com/office/appforoffice/1.1}"
V10 = "{http://schemas.microsoft.com/office/mailappversionoverrides}"
V11 = "{http://schemas.microsoft.com/office/mailappversionoverrides/1.1}"
BT = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ROOT = "https://liaison.example"
VALUES = {
    "addin_id": "7c7d0b1e-8f0e-4a7a-9a35-3b1c8e0f5a11",
    "version": "0.1.0.0",
    "public_url": ROOT,
}
# office.md names the places; a wrong order is refused as "not a valid child".
ORDER = {
    f"{APP}OfficeApp": [
        "Id", "AlternateId", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl",
        "HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements", "FormSettings", "Permissions",
        "Rule", "DisableEntityHighlighting", "VersionOverrides",
    ],
    f"{V11}VersionOverrides": [
        "Description", "Requirements", "Hosts", "Resources", "WebApplicationInfo", "EquivalentAddins",
        "ConnectedServiceControls", "ExtendedPermissions",
    ],
    f"{V11}Host": ["Runtimes", "DesktopFormFactor", "MobileFormFactor"],
    f"{V11}DesktopFormFactor": ["SupportsSharedFolders", "FunctionFile", "ExtensionPoint"],
    f"{V11}Control": ["Label", "Supertip", "Icon", "Action"],
    f"{V11}Resources": ["Images", "Urls", "ShortStrings", "LongStrings"],
}  # fmt: skip


def filled() -> str:
    text = (ADDIN / "manifest.xml").read_text()
    for name, value in VALUES.items():
        text = text.replace("{{" + name + "}}", value)
    return text


@pytest.fixture(scope="module")
def manifest() -> ET.Element:
    return ET.fromstring(filled())


def local(element: ET.Element) -> str:
    return element.tag.split("}")[1]


def test_the_server_can_fill_in_every_place() -> None:
    assert "{{" not in filled()


def test_it_is_small_enough_and_has_an_id_and_a_version(manifest: ET.Element) -> None:
    version = manifest.findtext(f"{APP}Version") or ""

    assert len(filled()) < 256_000
    assert UUID(manifest.findtext(f"{APP}Id"))
    assert all(part.isdigit() and len(part) <= 5 for part in version.split("."))


def test_elements_stand_in_the_order_that_outlook_demands(manifest: ET.Element) -> None:
    for element in manifest.iter():
        order = ORDER.get(element.tag)
        if order:
            places = [order.index(local(child)) for child in element]
            assert places == sorted(places), element.tag


def test_the_newer_overrides_are_the_last_and_only_child_of_the_older_ones(
    manifest: ET.Element,
) -> None:
    older = manifest.find(f"{V10}VersionOverrides")

    assert older is not None
    assert older.get(XSI_TYPE) == "VersionOverridesV1_0"
    assert [(child.tag, child.get(XSI_TYPE)) for child in older] == [
        (f"{V11}VersionOverrides", "VersionOverridesV1_1")
    ]


def test_both_sides_of_a_meeting_have_the_button(manifest: ET.Element) -> None:
    surfaces = [point.get(XSI_TYPE) for point in manifest.iter(f"{V11}ExtensionPoint")]

    assert surfaces == ["AppointmentOrganizerCommandSurface", "AppointmentAttendeeCommandSurface"]


def test_every_reference_leads_somewhere_and_every_id_is_given_once(manifest: ET.Element) -> None:
    resources = manifest.find(f".//{V11}Resources")
    assert resources is not None
    defined = [entry.get("id") for entry in resources.iter() if entry.get("id")]
    wanted = {element.get("resid") for element in manifest.iter() if element.get("resid")}
    controls = [
        element.get("id") for element in manifest.iter() if local(element) in ("Group", "Control")
    ]

    assert wanted == set(defined)
    assert len(defined) == len(set(defined))
    assert len(controls) == len(set(controls))
    assert all(len(name or "") <= 32 for name in [*defined, *controls])


def test_texts_are_no_longer_than_outlook_shows(manifest: ET.Element) -> None:
    for kind, limit in (("ShortStrings", 125), ("LongStrings", 250)):
        for text in manifest.iterfind(f".//{BT}{kind}/{BT}String"):
            assert 0 < len(text.get("DefaultValue") or "") <= limit


def test_every_address_is_ours_and_https(manifest: ET.Element) -> None:
    addresses = [
        value
        for element in manifest.iter()
        if (value := element.get("DefaultValue") or "").startswith("http")
    ]

    assert len(addresses) >= 8
    assert all(address.startswith(f"{ROOT}/") for address in addresses)


def test_buttons_have_the_icons_of_all_needed_sizes(manifest: ET.Element) -> None:
    for icon in manifest.iter(f"{V11}Icon"):
        sizes = {image.get("size") for image in icon.iter(f"{BT}Image")}
        assert sizes >= {"16", "32", "80"}


def test_icons_are_png_files_of_the_size_their_name_says(manifest: ET.Element) -> None:
    images = [
        element.get("DefaultValue") or ""
        for element in manifest.iter()
        if "icon-" in (element.get("DefaultValue") or "")
    ]

    for image in images:
        # Icons keep their address over all versions, because Office keeps them long.
        name = image.removeprefix(f"{ROOT}/static/latest/icons/")
        content = (ADDIN / "static" / "icons" / name).read_bytes()
        size = int(name.removeprefix("icon-").removesuffix(".png"))
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == (size, size)
    assert {64, 128} <= {int(image.rsplit("-", 1)[1].split(".")[0]) for image in images}


def test_no_more_rights_are_asked_for_than_the_pane_uses(manifest: ET.Element) -> None:
    assert manifest.findtext(f"{APP}Permissions") == "ReadWriteItem"
