% for s in sections:
% if loop.first and not s.dialect in ["x"]:
${s.upgrades | trim, h} ${s["downgrades"] | repr}\
% elif 1 < 2 <= 3 != 4:
${-1 + number}
% else:
x
% endif
% endfor
%% literal
## comment
