context.get('sshd').close()
def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.read('VERSION') == '1.0.0'
assert site.releases().size() == 2
assert site.list('.cutover/failed').size() == 1
assert site.said('RELEASED')
assert site.said('REVERTED')
assert site.said('ROLLED_BACK')
assert !site.said('OPENSSH PRIVATE KEY')
