def site = new dev.cutover.it.Site(basedir)

assert site.said('GOOD')
assert site.said('1.0.0')
