"""Parts of a model card in Markdown."""

import platform

NOT_A_DEVICE = (
    "**Not a medical device.** For research and teaching. A finding is a proposal that a reader "
    "checks and corrects; it must not be used for diagnosis, screening or treatment planning.")


def span(interval, digits=2):
    """An interval in words."""
    return f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def figure(pair, digits=3):
    """A value with its interval: 0.912 (0.88 to 0.94)."""
    return f"{pair[0]:.{digits}f} ({span(pair[1], digits)})"


def change(pair, digits=3):
    """A difference with its interval: +0.012 (-0.004 to +0.028)."""
    low, high = pair[1]
    return f"{pair[0]:+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})"


def table(heads, rows):
    """A Markdown table; numbers should be formatted already."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def reliability_table(found, unit="pictures"):
    """The bins of a reliability record of `figures.reliability`."""
    return table(["mean confidence", "share correct", unit],
                 [[f"{b['confidence']:.3f}", f"{b['accuracy']:.3f}", b["count"]]
                  for b in found["bins"]])


def thresholds_table(rows, chosen=None):
    """The rows of a threshold table; the chosen threshold stands in bold."""
    heads = list(rows[0])
    lines = []
    for row in rows:
        cells = [f"{v:.3f}" if isinstance(v, float) else str(v) for v in row.values()]
        bold = chosen is not None and abs(row["threshold"] - chosen) < 1e-6
        lines.append([f"**{c}**" for c in cells] if bold else cells)
    return table(heads, lines)


def versions(*modules):
    """Python and the modules with their versions."""
    found = [f"Python {platform.python_version()}"]
    found += [f"{m.__name__} {m.__version__.split('+')[0]}" for m in modules]
    return ", ".join(found)
