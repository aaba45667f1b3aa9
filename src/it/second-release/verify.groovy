def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.releases().size() == 2
assert site.live() == site.releases()[1]
assert site.read('VERSION') == '2.0.0'
assert site.outcome().getString('outcome') == 'RELEASED'
assert site.outcome().getString('previous') == site.releases()[0]
