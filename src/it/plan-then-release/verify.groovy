// What the plan names is what the release then does, in the same order.
def site = new dev.cutover.it.Site(basedir)
assert site.outcome().getString('outcome') == 'RELEASED'
