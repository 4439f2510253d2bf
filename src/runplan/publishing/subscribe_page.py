"""The page from which people subscribe to a calendar."""

from html import escape
from io import BytesIO

import segno

from runplan._base.text import NO_ADVICE_IN_SHORT
from runplan.publishing.addresses import Subscription

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2b24; --paper: #fff; --soft: #eef4f0; --line: #2e8b57 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4ece7; --paper: #151a17; --soft: #212924 }
}
body { color: var(--ink); background: var(--paper); font: 1.05rem/1.5 system-ui, sans-serif;
  max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.15rem; margin: 0 0 .3rem }
section { background: var(--soft); border-radius: .6rem; padding: 1rem; margin: 1rem 0 }
p { margin: .4rem 0 }
a.add { display: inline-block; padding: .6rem 1rem; border-radius: .4rem; font-weight: 600;
  color: #fff; background: #1f6b43; text-decoration: none; margin: .3rem 0 }
a:focus-visible { outline: 3px solid var(--line); outline-offset: 2px }
code { overflow-wrap: anywhere; user-select: all; font-size: .95rem }
svg.qr { background: #fff; padding: .6rem; border-radius: .4rem; width: 11rem; height: 11rem }
@media print { body { color: #000; background: #fff } a.add { display: none } }
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="runplan">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>Subscribe to {name}</title>
<style>{style}</style>
</head>
<body>
<h1>Subscribe to {name}</h1>
<p>Subscribe once, and your calendar follows the plan. A file that you import stays as it is.</p>
<section>
<h2>iPhone, iPad, Mac</h2>
<p><a class="add" href="{webcal}">Subscribe with Apple Calendar</a></p>
<p>It asks before it subscribes. How often it looks for changes is set by <em>Auto-refresh</em> on
a Mac, and by <em>Fetch New Data</em> in the settings of an iPhone or iPad.</p>
</section>
<section>
<h2>Google Calendar and Android</h2>
<p><a class="add" href="{google}">Add to Google Calendar</a></p>
<p>Do this in a browser, signed in; the app then shows the calendar too. Google decides when to
look for changes. That can take a day or more, so look at the plan itself after a report.</p>
</section>
<section>
<h2>Outlook</h2>
<p><a class="add" href="{outlook}">Add to Outlook.com</a></p>
<p>With an account from work or school, or in the app, choose <em>Add calendar</em>, <em>Subscribe
from web</em>, and give the address below. Outlook looks for changes about every three hours, but it
can take more than a day.</p>
</section>
<section>
<h2>Scan with an iPhone or iPad</h2>
<p>Point the camera at this code to subscribe there.</p>
{qr}
</section>
<section>
<h2>Any other program</h2>
<p>Look for “subscribe” or “from URL”, and give this address:</p>
<p><code>{url}</code></p>
</section>
<p>Anyone who has this address can read the plan, so share it with care.</p>
<p>{no_advice}</p>
</body>
</html>
"""


def subscribe_page(name: str, url: str) -> str:
    """
    Return an HTML page with the ways to subscribe to a calendar, and what to expect of each.

    Args:
        name: The plan's name.
        url: The address of the calendar file.

    >>> page = subscribe_page("Anna's rebuild", "https://example.org/x/plan.ics")
    >>> "webcal://example.org/x/plan.ics" in page
    True
    """
    subscription = Subscription(url)
    return _PAGE.format(
        name=escape(name),
        style=_STYLE,
        url=escape(url),
        webcal=escape(subscription.webcal),
        google=escape(subscription.google),
        outlook=escape(subscription.outlook),
        qr=_qr(subscription.webcal),
        no_advice=NO_ADVICE_IN_SHORT,
    )


def _qr(text: str) -> str:
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        title="QR code of the subscription",
    )
    return drawing.getvalue().decode()
