"""Translate a syntax error of PyYAML into plain words. PyYAML's own words, such as `<scalar>` or `block mapping`, do not reach the user."""

import re

import yaml

_WORDS = (
    (r"expected ',' or '}', but got .*", "the '{{'{begun} is not closed (add '}}', or ',' before the next entry)"),
    (r"expected ',' or '\]', but got .*", "the '['{begun} is not closed (add ']', or ',' before the next entry)"),
    (r"expected .*, but found '([}\]])'", "a '{0}' that does not belong here (remove it, or write the missing value before it)"),
    (r"expected <block end>.*", "wrong indentation (indent the entries that begin{begun} alike)"),
    (r"found unexpected end of stream", "the quote{begun} is not closed (add the closing quote)"),
    (r"could not find expected ':'", "the key{begun} has no ':' (write key: value, or indent text that goes on)"),
    (r"mapping values are not allowed here", "a ':' that does not belong here (check the indentation, or put text with a colon in quotes)"),
    (r"found undefined alias '(.*)'", "'*{0}' names an anchor that does not exist (put text in quotes)"),
    (r"found character (.*) that cannot start any token", "text cannot begin with {0} (put the text in quotes)"),
)
"""PyYAML's message as a pattern, and our message. `begun` is the line where the unclosed or wrong part begins."""

_TOKENS = {"'<scalar>'": "text", "'<stream end>'": "the end of the file", "'<document start>'": "'---'", "the node content": "a value"}


def in_plain_words(error: yaml.MarkedYAMLError) -> str:
    """What is wrong, and for common mistakes what to do. The caller adds the line of the error."""
    problem = error.problem or error.context or ""
    begun = f" on line {error.context_mark.line + 1}" if error.context_mark else ""
    for pattern, words in _WORDS:
        if match := re.fullmatch(pattern, problem):
            return words.format(*match.groups(), begun=begun)
    for token, words in _TOKENS.items():
        problem = problem.replace(token, words)
    return problem
