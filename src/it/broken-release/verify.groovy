def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.read('VERSION') == '1.0.0'
assert site.releases() == [site.live()]
assert site.list('.cutover/failed').size() == 1

def outcome = site.outcome()
assert outcome.getString('outcome') == 'REVERTED'
assert outcome.getString('release') == site.list('.cutover/failed')[0]
assert outcome.getJsonArray('hosts').getJsonObject(0).getString('live') == site.live()
assert site.said('this version does not work')
assert site.said('is NOT live')
