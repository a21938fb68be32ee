"""Texts that try to become markup or script wherever they are shown."""

from hypothesis import strategies as st

PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "</script>", "</style>", "</textarea>",
    '">', "'>", "' onclick='alert(3)", '" onfocus="alert(4)', "<!--", "-->", "<![CDATA[", "]]>",
    "<svg/onload=alert(5)>", "&lt;b&gt;", "&#60;i&#62;", "<iframe srcdoc='x'>", "javascript:alert(6)",
    "<a href=javascript:alert(7)>x</a>", "{{ 7*7 }}", "${7}", "%s%n", "{0}", "\\x3cscript\\x3e", "\u202e",
    "\u2028", "\ufeff<b>", "<base href=//elsewhere>", "';DROP TABLE attempts;--", "../../etc", "<",
]  # fmt: skip
PLAIN = "five plain words stand here"
hostile = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=5
).map(lambda parts: f"{PLAIN} {''.join(parts)} {PLAIN}")
WORST = f"{PLAIN} {''.join(PIECES)} {PLAIN}"
