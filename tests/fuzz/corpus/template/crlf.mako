% for x in depends_on:
% for y in depends_on:
${x + y + str(loop.index)}
% endfor
% endfor
