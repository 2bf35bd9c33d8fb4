## Every new revision file is rendered from this template; README tells the variables.
${message | comment}
--
-- Revision ID: ${up_revision}
-- Revises:${' ' + comma(down_revision) if down_revision else ''}
-- Branch Labels:${' ' + comma(branch_labels) if branch_labels else ''}
-- Depends On:${' ' + comma(depends_on) if depends_on else ''}
-- Create Date: ${create_date}
% if operations:

-- What it does:
% for operation in operations:
${'  ' + operation.summary | comment}
% for hazard in operation.hazards:
${'      ! ' + hazard | comment}
% endfor
% endfor
--
-- Review before you merge it (and delete this list):
--   [ ] Nothing is dropped that should be renamed.
--   [ ] Each hazard marked "!" is meant, and fits the size of its table.
--   [ ] The programs that run during the upgrade work with the schema before and after it.
--   [ ] Existing rows get the values they need (write an UPDATE between the statements).
--   [ ] The downgrade gives back the schema before; what it cannot give back is known.
% endif
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
-- Write here the SQL that takes the database to this revision.

-- autogen:downgrade
-- Write here the SQL that takes it back.
% endif
