def site = new dev.cutover.it.ReleasedProject(basedir, 'host of O\'Neil & "sons"')

assert site.outcome().getString('outcome') == 'RELEASED'
assert site.read('it\'s "the" $HOME/a `file`.txt') == 'carried exactly'
assert site.path('shared/arguments').toFile().readLines() == ["it's", '$(touch pwned)', '$HOME']
assert !site.list('current').contains('pwned')
