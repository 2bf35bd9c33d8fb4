% if 1:
% for x in "abc":
${x
