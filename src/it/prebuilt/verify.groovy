def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.list('current').contains('prebuilt.jar')
assert site.outcome().getString('outcome') == 'RELEASED'
assert site.log().count { it.contains('jar (default-jar)') || it.contains('jar:3.5.0:jar') } == 1
