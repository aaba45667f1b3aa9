def site = new dev.cutover.it.ReleasedProject(basedir)
def host = 'localhost'
def words = { text -> text.trim().replaceAll(/\s+/, ' ') }
// "  3  stage    seal   localhost" and "  stage    seal   localhost   0.1s  20 files verified"
def planned = site.log().findResults { (it =~ /^\[INFO\] +\d+  (\S.*) $host$/).with { it ? words(it[0][1]) : null } }
def done = site.log().findResults { (it =~ /^\[INFO\]   (\S.*?) $host +\d[\dmsh. ]*s(  .*)?$/).with { it ? words(it[0][1]) : null } }

assert site.outcome().getString('outcome') == 'RELEASED'
assert planned.size() > 5
// What was planned is what was done, in its order.
assert done - 'connect' == planned
