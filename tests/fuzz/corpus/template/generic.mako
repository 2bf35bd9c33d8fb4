## Every new revision file is rendered from this template; README tells the variables.
${message | comment}
--
-- Revision ID: ${up_revision}
-- Revises:${' ' + comma(down_revision) if down_revision else ''}
-- Branch Labels:${' ' + comma(branch_labels) if branch_labels else ''}
-- Depends On:${' ' + comma(depends_on) if depends_on else ''}
-- Create Date: ${create_date}
% for section in sections:

-- autogen:upgrade${' ' + section.dialect if section.dialect else ''}
% if section.upgrades.strip():
${section.upgrades | trim}
% endif

-- autogen:downgrade${' ' + section.dialect if section.dialect else ''}
% if section.downgrades.strip():
${section.downgrades | trim}
% endif
% endfor
% if not sections:

-- autogen:upgrade

-- autogen:downgrade
% endif
