-- The sample's rows. Everything but the point in time follows from row numbers, so two seedings differ only by their dates.
-- pg_temp.pick(key, n) is a number in 0..n-1 that looks random and is always the same for a key.
CREATE FUNCTION pg_temp.pick(key text, n integer) RETURNS integer
  LANGUAGE sql IMMUTABLE AS $$ SELECT (hashtext(key)::bigint & 2147483647)::integer % n $$;
CREATE FUNCTION pg_temp.id(key text) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$ SELECT md5('mnfst-rag sample ' || key)::uuid $$;
-- The newest rows are about as old as the seeding.
CREATE FUNCTION pg_temp.moment() RETURNS timestamp
  LANGUAGE sql STABLE AS $$ SELECT date_trunc('hour', now() AT TIME ZONE 'UTC') $$;

INSERT INTO tenants (id, created_at, updated_at, name, slug)
SELECT pg_temp.id('tenant ' || n), pg_temp.moment() - interval '400 days', pg_temp.moment() - interval '20 days', name, slug
FROM (VALUES
  (1, 'Northwind Legal', 'northwind-legal'),
  (2, 'Helios Energy', 'helios-energy'),
  (3, 'Brightwater Clinics', 'brightwater-clinics')) AS tenant (n, name, slug);

-- 2 superadmins without a tenant, 6 tenant admins, 32 users; the first tenant is the largest. The password of all is "Sample-data-1".
INSERT INTO users (id, created_at, updated_at, email, name, role, tenant_id, last_login, password_hash)
SELECT
  pg_temp.id('user ' || n),
  pg_temp.moment() - make_interval(days => 390 - n),
  pg_temp.moment() - make_interval(days => pg_temp.pick('user updated ' || n, 60)),
  lower(first_name || '.' || last_name) || '@' || coalesce((ARRAY['northwind-legal', 'helios-energy', 'brightwater-clinics'])[tenant], 'mnfst-rag') || '.example',
  first_name || ' ' || last_name,
  (CASE WHEN n <= 2 THEN 'SUPERADMIN' WHEN n <= 8 THEN 'TENANT_ADMIN' ELSE 'USER' END)::userrole,
  pg_temp.id('tenant ' || tenant),
  CASE WHEN pg_temp.pick('login ' || n, 8) > 0
    THEN pg_temp.moment() - make_interval(mins => pg_temp.pick('last login ' || n, 20160)) END,
  '$2b$12$Q8sGkF1bVZJxTn3w0eYdUuQT1hK0BqhPBfrsliXcTREa2m3upJy7q'
FROM (
  SELECT
    n,
    CASE WHEN n <= 2 THEN NULL WHEN n <= 8 THEN (n - 3) % 3 + 1 ELSE (ARRAY[1, 1, 1, 2, 2, 3])[n % 6 + 1] END AS tenant,
    (ARRAY['Ada', 'Bruno', 'Chiara', 'Daniel', 'Elif', 'Farid', 'Greta', 'Hugo', 'Imani', 'Jonas',
           'Katya', 'Liam', 'Mina', 'Noor', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Samir', 'Tessa'])[(n - 1) % 20 + 1] AS first_name,
    (ARRAY['Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Rossi', 'Haddad', 'Novak'])[(n - 1) % 7 + 1] AS last_name
  FROM generate_series(1, 40) AS n) AS person;

-- 2,000 documents. No foreign keys: a few belong to users who are gone, as in the wild.
INSERT INTO documents (id, created_at, updated_at, filename, original_name, size, mime_type, status, processed_at, error, tenant_id, user_id)
SELECT
  pg_temp.id('document ' || n),
  uploaded,
  CASE WHEN status IN ('PROCESSED', 'ERROR') THEN uploaded + took ELSE uploaded + interval '1 second' END,
  pg_temp.id('file ' || n) || '.' || extension,
  topic || ' ' || (2021 + pg_temp.pick('year ' || n, 5)) || '-' || lpad((1 + pg_temp.pick('month ' || n, 12))::text, 2, '0')
    || (ARRAY['', '', '', ' (final)', ' v2', ' - signed', ' draft'])[1 + pg_temp.pick('suffix ' || n, 7)] || '.' || extension,
  (20000 + power(pg_temp.pick('size ' || n, 1000) / 1000.0, 4) * 40000000)::integer,
  mime_type,
  status::documentstatus,
  CASE WHEN status = 'PROCESSED' THEN uploaded + took END,
  CASE WHEN status = 'ERROR' THEN (ARRAY[
    'Embedding request failed: 429 Too Many Requests after 5 attempts',
    'The PDF is password protected',
    'No text could be extracted: the scan has no text layer',
    'Chunking timed out after 300 s',
    'Unsupported encoding: byte 0x9d at offset 18231 is not UTF-8',
    'Vector store rejected the batch: dimension 1536 expected, 3072 given'])[1 + pg_temp.pick('error ' || n, 6)] END,
  pg_temp.id('tenant ' || tenant),
  CASE WHEN n % 160 = 0 THEN pg_temp.id('user gone ' || n) ELSE owner END
FROM (
  SELECT
    n, tenant, users.id AS owner, kind.extension, kind.mime_type,
    (ARRAY['Master Services Agreement', 'Data Processing Addendum', 'Employee Handbook', 'Maintenance Manual', 'Incident Report',
           'Patient Information Leaflet', 'Grid Connection Study', 'Quarterly Review', 'Safety Data Sheet', 'Board Minutes',
           'Onboarding Guide', 'Privacy Notice', 'Tender Response', 'Lease Contract', 'Audit Findings'])[1 + pg_temp.pick('topic ' || n, 15)] AS topic,
    CASE WHEN n > 1985 THEN 'PROCESSING' WHEN n > 1950 THEN 'UPLOADED'
      ELSE (ARRAY['PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED', 'PROCESSED',
                  'PROCESSED', 'PROCESSED', 'PROCESSED', 'ERROR'])[1 + pg_temp.pick('status ' || n, 13)] END AS status,
    -- Number 2000 is the newest; the last fifty, not yet processed, are of the last hours.
    pg_temp.moment() - CASE WHEN n > 1950 THEN make_interval(mins => (2000 - n) * 4)
      ELSE make_interval(mins => 240 + (1950 - n) * 270 + pg_temp.pick('minute ' || n, 200)) END AS uploaded,
    make_interval(secs => 4 + pg_temp.pick('took ' || n, 180)) AS took
  FROM (SELECT n, (ARRAY[1, 1, 1, 2, 2, 3])[1 + pg_temp.pick('document tenant ' || n, 6)] AS tenant FROM generate_series(1, 2000) AS n) AS row_number
  CROSS JOIN LATERAL (
    SELECT * FROM (VALUES
      (0, 'pdf', 'application/pdf'), (1, 'pdf', 'application/pdf'), (2, 'pdf', 'application/pdf'),
      (3, 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
      (4, 'txt', 'text/plain'), (5, 'md', 'text/markdown')) AS kinds (number, extension, mime_type)
    WHERE number = pg_temp.pick('kind ' || n, 6)) AS kind
  CROSS JOIN LATERAL (
    SELECT id FROM users WHERE tenant_id = pg_temp.id('tenant ' || tenant) ORDER BY hashtext(n::text || id::text) LIMIT 1) AS users) AS document;

INSERT INTO chats (id, created_at, updated_at, name, system_prompt, tenant_id)
SELECT
  pg_temp.id('chat ' || tenant || ' ' || kind),
  pg_temp.moment() - make_interval(days => 380 - kind),
  pg_temp.moment() - make_interval(days => 30 - kind),
  (ARRAY['Ask the library', 'Contract review', 'Policy helpdesk', 'Onboarding'])[kind],
  CASE WHEN kind < 4 THEN 'Answer only from the documents given, name each source, and say so when they do not hold the answer.' END,
  pg_temp.id('tenant ' || tenant)
FROM generate_series(1, 3) AS tenant CROSS JOIN generate_series(1, 4) AS kind;

CREATE TEMPORARY TABLE seed_topic ON COMMIT DROP AS
SELECT n - 1 AS number, question, answer
FROM (VALUES
  (1, 'the notice period in the services agreement', 'Either party may terminate with ninety days'' written notice; for cause the period is thirty days'),
  (2, 'how long we keep patient records', 'Records are kept for ten years after the last contact, images for twenty'),
  (3, 'who approves overtime', 'Overtime above ten hours a month needs the approval of the department head before it is worked'),
  (4, 'the maximum load of the transformer', 'The unit is rated for 2.5 MVA continuous and 3.1 MVA for at most thirty minutes'),
  (5, 'which subprocessors handle personal data', 'Three subprocessors are listed, all within the EU; changes are announced thirty days ahead'),
  (6, 'what to do after a spill', 'Close the valve, keep people away, call the shift lead, and only then collect the liquid with absorbent'),
  (7, 'the liability cap', 'Liability is limited to the fees of the twelve months before the claim, except for intent and gross negligence'),
  (8, 'when the lease can be renewed', 'The tenant may renew twice for five years each, by letter at least six months before the end'),
  (9, 'the dosage for adults', 'Adults take one tablet in the morning; the leaflet advises against a second one within twelve hours'),
  (10, 'the open findings of the last audit', 'Four findings are open: two on access reviews, one on backups that were not restored in a test, one on training'),
  (11, 'how travel costs are refunded', 'Submit receipts within sixty days; rail is second class, flights need approval beyond four hours'),
  (12, 'the penalty for late delivery', 'Late delivery costs 0.5 % of the order value for each week begun, at most 5 %')) AS topic (n, question, answer);

-- 5,000 sessions over a year, more of them recent.
INSERT INTO sessions (id, created_at, updated_at, title, user_id, chat_id)
SELECT
  pg_temp.id('session ' || n),
  started,
  started + make_interval(mins => 1 + pg_temp.pick('session length ' || n, 55)),
  upper(left(topic.question, 1)) || substr(topic.question, 2),
  owner.id,
  pg_temp.id('chat ' || owner.tenant || ' ' || (1 + pg_temp.pick('session chat ' || n, 4)))
FROM (
  SELECT
    n,
    pg_temp.moment() - make_interval(secs => power((5000 - n) / 5000.0, 1.7) * 31536000 + 9000) AS started,
    pg_temp.pick('session user ' || n, 38) AS user_number,
    pg_temp.pick('session topic ' || n, 12) AS topic_number
  FROM generate_series(1, 5000) AS n) AS session
JOIN (
  SELECT users.id, row_number() OVER (ORDER BY users.id) - 1 AS number,
    CASE slug WHEN 'northwind-legal' THEN 1 WHEN 'helios-energy' THEN 2 ELSE 3 END AS tenant
  FROM users JOIN tenants ON tenants.id = users.tenant_id) AS owner ON owner.number = session.user_number
JOIN seed_topic AS topic ON topic.number = session.topic_number;

-- 100,000 messages: pairs of a question and an answer, spread unevenly over the sessions.
INSERT INTO messages (id, created_at, updated_at, content, role, session_id, timestamp)
SELECT
  pg_temp.id('message ' || pair || speaker), said, said,
  CASE speaker WHEN 'USER' THEN
    (ARRAY['What do our documents say about ', 'Can you find ', 'Please summarise ', 'I need to know ', 'Where is it written: ', 'Remind me of '])[1 + pair % 6]
      || topic.question || (ARRAY['?', '? A short answer is enough.', ', with the page, please?', ' - and since when?'])[1 + pair % 4]
  ELSE
    (ARRAY['', '', '', '### In short' || E'\n\n'])[1 + pair / 7 % 4] || topic.answer || ' [1].' || (ARRAY['', '', E'\n\n- **applies to** all sites\n- **since** the last revision\n- *exceptions* are listed in the annex\n',
      E'\n\n> The wording is binding; this summary is not.\n', E'\n\n```text\nsection 4.2  see annex B\n```\n', E'\n\n| where | page |\n|---|---|\n| main text | 12 |\n| annex | 3 |\n'])[1 + pair / 3 % 6] || (ARRAY[
      '', ' The older version of the document said otherwise; the newer one applies since its date of signature [2].',
      ' I found nothing in the other documents that contradicts this.',
      ' Please check the annex as well: it lists exceptions for the sites abroad, which the main text does not repeat [2].'])[1 + pair % 4]
      || E'\n\n[1] ' || (ARRAY['Master Services Agreement', 'Employee Handbook', 'Maintenance Manual', 'Audit Findings', 'Privacy Notice'])[1 + pair % 5]
      || ', p. ' || (1 + pair % 48)
  END,
  speaker::messagerole, pg_temp.id('session ' || session), said
FROM (
  SELECT
    pair, session, topic_number, speaker,
    started.created_at + make_interval(secs => 90 * row_number() OVER (PARTITION BY session ORDER BY pair, speaker DESC)
      - CASE speaker WHEN 'ASSISTANT' THEN 84 ELSE 0 END) AS said
  FROM (
    SELECT pair, 1 + floor(5000 * power(pg_temp.pick('pair ' || pair, 1000003) / 1000003.0, 0.8))::integer AS session,
      pg_temp.pick('topic ' || pair, 12) AS topic_number
    FROM generate_series(1, 50000) AS pair) AS talk
  CROSS JOIN (VALUES ('USER'), ('ASSISTANT')) AS speakers (speaker)
  JOIN sessions AS started ON started.id = pg_temp.id('session ' || session)) AS message
JOIN seed_topic AS topic ON topic.number = message.topic_number;

INSERT INTO social_links (id, created_at, updated_at, url, platform, tenant_id)
SELECT
  pg_temp.id('link ' || tenant || platform), pg_temp.moment() - interval '300 days', pg_temp.moment() - interval '300 days',
  'https://' || lower(platform::text) || '.example/' || slug, platform::socialplatform, id
FROM (SELECT slug, id, row_number() OVER (ORDER BY slug) AS tenant FROM tenants) AS tenants
CROSS JOIN (VALUES ('LINKEDIN'), ('YOUTUBE'), ('OTHER')) AS platforms (platform);
