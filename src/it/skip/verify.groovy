def site = new dev.cutover.it.ReleasedProject(basedir)

assert !site.path('.').toFile().exists()
assert site.said('deploy.skip')
