-- Writes functions.tsv, operators.tsv, aggregates.tsv and windows.tsv from PostgreSQL 15's own catalog: the
-- rows whose implementation is registered. Run, in the folder of the data files, after adding
-- implementations (their names come from PrintImplementations, one per line: kind, tab, name):
--
--   java ... io.quorate.sql.function.PrintImplementations > /tmp/implementations.tsv
--   psql -Atq -v names=/tmp/implementations.tsv -f catalog-data.sql
--
-- An implementation is known by pg_proc.prosrc, or, of functions written in SQL, by its name and
-- arguments as in `round(numeric)`.
\pset fieldsep '\t'
create temp table implementations (kind text, name text);
\set copy '\\copy implementations from ' :names
:copy
create temp table types as
select oid, typname from pg_type
where typname in ('bool','bytea','char','name','int8','int2','int2vector','int4','regproc','text',
  'oid','xid','cid','oidvector','pg_node_tree','float4','float8','unknown','bpchar','varchar',
  'date','time','timestamp','timestamptz','interval','numeric','regprocedure','regoper',
  'regoperator','regclass','regtype','record','any','anyarray','void','anyelement','anynonarray',
  'uuid','regnamespace','regrole','anycompatible','anycompatiblearray','anycompatiblenonarray')
or typname in ('_bool','_bytea','_char','_name','_int8','_int2','_int4','_text','_oid','_float4',
  '_float8','_bpchar','_varchar','_date','_time','_timestamp','_timestamptz','_interval',
  '_numeric','_uuid','_regtype');
create temp table procs as
select p.*, (select coalesce(string_agg(t.typname, ',' order by n), '-')
             from unnest(proargtypes) with ordinality a(o, n) join pg_type t on t.oid = a.o) args,
  r.typname result, provariadic <> 0 is_variadic,
  case when prolang = 14
    then proname || '(' || (select coalesce(string_agg(t.typname, ',' order by n), '')
      from unnest(proargtypes) with ordinality a(o, n) join pg_type t on t.oid = a.o) || ')'
    else prosrc end implementation
from pg_proc p join types r on r.oid = p.prorettype
where pronamespace = 'pg_catalog'::regnamespace
and not exists (select 1 from unnest(proargtypes) a where a not in (select oid from types));
\o functions.tsv
select '# Made by catalog-data.sql: oid, name, arguments, variadic, result, strict, volatility, set, implementation';
select oid, proname, args, is_variadic, result, proisstrict, provolatile, proretset, implementation
from procs where prokind = 'f'
and implementation in (select name from implementations where kind = 'function') order by oid;
\o aggregates.tsv
select '# Made by catalog-data.sql: oid, name, arguments, variadic, result';
select oid, proname, args, is_variadic, result from procs
where prokind = 'a' and proname in (select name from implementations where kind = 'aggregate')
order by oid;
\o windows.tsv
select '# Made by catalog-data.sql: oid, name, arguments, result';
select oid, proname, args, result from procs where prokind = 'w' order by oid;
\o operators.tsv
select '# Made by catalog-data.sql: oid, symbol, left, right, result, function, commutator, negator';
select o.oid, oprname, coalesce(l.typname, '-'), r.typname, t.typname, p.oid, oprcom::oid,
  oprnegate::oid
from pg_operator o join procs p on p.oid = o.oprcode join types r on r.oid = o.oprright
join types t on t.oid = o.oprresult left join types l on l.oid = o.oprleft
where (o.oprleft = 0 or l.oid is not null)
and p.implementation in (select name from implementations where kind = 'function') order by o.oid;
\o
select 'implementations without a row: ', string_agg(name, ' ') from implementations
where kind = 'function'
and name not in (select implementation from procs where prokind = 'f');
