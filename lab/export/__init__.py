"""EXPORT: write what the customer's routers of a plan do in the words of other products, for comparison with what AWS offers to download.

Law: pure. No key is ever written: `<…>` stands for what only the owner of a real router knows. What a product cannot say is listed at the
top of its file.

- `box`: one router of the customer, as values · `ios_xe`, `junos`, `strongswan`: one product each · `files`: all files of a plan
"""

from lab.export.files import Exported, Product, export

__all__ = ["Exported", "Product", "export"]
