def site = new dev.cutover.it.ReleasedProject(basedir)

// The release that was left stays, but nothing goes there by itself.
assert site.releases().size() == 2
assert site.live() == site.releases()[0]
assert site.read('VERSION') == '1.0.0'
assert site.said('ROLLED_BACK')
assert site.said('NOTHING_CHANGED')
assert site.said('WITHDRAWN')
assert site.path('revisions.log').toFile().readLines().last().endsWith("rolled back to release ${site.live()}")

// What waits is named, and stays until it is named.
def waiting = site.path('.cutover/staging').toFile().list()
assert waiting.length == 1
assert site.said("these wait: ${waiting[0]}")
