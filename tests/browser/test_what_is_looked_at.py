"""The accessibility check of the other tests looks at controls at rest, never at a fade between two colours."""

from __future__ import annotations

from playwright.sync_api import Page

from fakes.pane_stage import serious_problems

BUTTON = """
<html lang="en"><title>A control that fades</title><main><h1>Fading</h1><the-button></the-button></main>
<script>
customElements.define('the-button', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: 'open'}).innerHTML = '<style>b { color: #ccc; transition: color 2s }'
      + ' b.on { color: %s }</style><b>Create</b>';
  }
});
</script></html>
"""
TURN_ON = """() => {
  const text = document.querySelector('the-button').shadowRoot.querySelector('b');
  getComputedStyle(text).color; // what it fades from
  text.classList.add('on');
}"""


def test_a_control_is_judged_by_the_colour_at_which_it_arrives(page: Page) -> None:
    page.set_content(BUTTON % "#000")
    page.evaluate(TURN_ON)
    assert serious_problems(page) == []


# Its script arrives only where it is waited for.
LATE = """
<html lang="en"><title>A control that is not there yet</title>
<main><h1>Late</h1><late-button style="color: #ccc">Create</late-button></main>
<script>
const arrival = customElements.whenDefined('late-button');
customElements.whenDefined = () => {
  customElements.define('late-button', class extends HTMLElement {
    connectedCallback() { this.style.color = '#000'; }
  });
  return arrival;
};
</script></html>
"""


def test_a_control_is_judged_when_its_own_script_has_arrived(page: Page) -> None:
    page.set_content(LATE)
    assert serious_problems(page) == []


def test_a_control_that_arrives_at_a_pale_colour_is_found(page: Page) -> None:
    page.set_content(BUTTON % "#bbb")
    page.evaluate(TURN_ON)
    assert [one.split(":")[0] for one in serious_problems(page)] == ["color-contrast"]
