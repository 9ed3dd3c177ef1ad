button-adopt = Watch it · { $tail }
button-imports = Import orders made elsewhere

imports-title = <b>Bought elsewhere with your keys</b>
imports-none = I found no open numbers that I do not watch already.
imports-silent = These cannot tell what was bought elsewhere: { $accounts }.
