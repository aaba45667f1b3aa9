def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.live() ==~ /\d{14}/
assert site.releases() == [site.live()]
assert site.list('current') == ['REVISION', 'VERSION', 'first-release.jar'] ||
    site.list('current') == ['VERSION', 'first-release.jar']
assert site.read('VERSION') == '1.0.0'
assert java.nio.file.Files.readSymbolicLink(site.path('current')) == site.path('releases/' + site.live())

def outcome = site.outcome()
assert outcome.getInt('schema') == 1
assert outcome.getString('outcome') == 'RELEASED'
assert outcome.getString('release') == site.live()
assert site.said('RELEASED')
