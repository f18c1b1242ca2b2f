-- Writes the answers of PostgreSQL 15 to the probes of one family:
--
--   psql -Atq -v family=numbers -f probes.sql      (in this folder)
--
-- reads numbers.probes, takes the first column of each line, and writes the file anew with type and
-- text, or the SQLSTATE with `!` before it and the message. A line that starts with `agg ` holds an
-- aggregate, its type and an array of its input; one with `set ` a set-returning call.
set timezone = 'UTC';
\pset fieldsep '\t'
create function pg_temp.answer(line text) returns text language plpgsql as $$
declare
  answer text;
  part text[];
  query text;
begin
  if line like 'agg %' then
    part := regexp_match(line, '^agg (\S+) (\S+) (\S*)(?: (.*))?$');
    query := format('select %s(x::%s%s) x from unnest(%L::text[]) x', part[1], part[2],
      case when part[4] <> '' then format(', %L', part[4]) else '' end, part[3]);
  elsif line like 'set %' then
    query := format('select string_agg(coalesce(format(''%%s'', x), ''NULL''), '';'') x from %s x',
      substr(line, 5));
  else
    query := 'select ' || line || ' x';
  end if;
  execute format('select format(E''%%s\t%%s'', pg_typeof(x), case when x is null and '
    'x::text is null then ''NULL'' else replace(format(''%%s'', x), E''\n'', ''\n'') end)'
    ' from (%s offset 0) q', query) into answer;
  return answer;
exception when others then
  return '!' || sqlstate || E'\t' || replace(sqlerrm, E'\n', '\n');
end $$;
create temp table lines (number serial, line text);
\set copy '\\copy lines(line) from ' :family '.probes with (format csv, delimiter E''\\x01'', quote E''\\x02'')'
:copy
\o :family.probes
select case when line = '' or line like '#%' then line
  else split_part(line, E'\t', 1) || E'\t' || pg_temp.answer(split_part(line, E'\t', 1)) end
from lines order by number;
