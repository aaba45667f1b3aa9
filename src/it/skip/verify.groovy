def site = new dev.cutover.it.Site(basedir)

assert !site.path('.').toFile().exists()
assert site.said('deploy.skip')
