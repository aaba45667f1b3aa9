def site = new dev.cutover.it.ReleasedProject(basedir)

// Everything that is missing is said at once.
assert site.said('config/one.properties')
assert site.said('config/two.properties')
assert site.live() == ''
assert site.outcome().getString('outcome') == 'NOTHING_CHANGED'
