// The guide's own words are run, only in a place of this test's.
def guide = new File(docs, 'getting-started.md').text
def example = { language -> (guide =~ /(?s)```$language\n(.*?)```/)[0][1].replace('/tmp/shop-try', "$basedir/host") }
def pom = new File(basedir, 'pom.xml')
pom.text = pom.text.replaceFirst(/<!-- setup.*?-->/, java.util.regex.Matcher.quoteReplacement(example('xml')))
def commands = example('sh').readLines()
assert commands[0] == 'mvn deploy:release'
context.put('then', commands.drop(1).join('\n'))
return true
