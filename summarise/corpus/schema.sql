-- One row a way of asking: what is asked under another is asked anew.
CREATE TABLE settings (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL,
  prompt TEXT NOT NULL,              -- as named: an id or a file
  prompt_sha256 TEXT NOT NULL,
  version TEXT NOT NULL,             -- of this library
  UNIQUE (model, prompt_sha256, version)
);
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  setting INTEGER NOT NULL REFERENCES settings,
  options TEXT NOT NULL,             -- JSON: inputs, folder, base_url, what may be read
  planned INTEGER NOT NULL DEFAULT 0, -- whether all inputs have been listed
  UNIQUE (setting, options)
);
-- One row an input, in the order first named.
CREATE TABLE articles (
  ordinal INTEGER PRIMARY KEY,
  label TEXT NOT NULL UNIQUE,        -- path, URL, or file:line
  setting INTEGER NOT NULL REFERENCES settings,
  content TEXT,                      -- SHA-256 of text and details; NULL where it cannot be read
  kind TEXT, reason TEXT,            -- why it cannot be read
  duplicate_of INTEGER REFERENCES articles, similarity REAL
);
CREATE INDEX copies_of ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
-- One row a content and a way of asking: what is had here is never asked again.
CREATE TABLE work (
  content TEXT NOT NULL,
  setting INTEGER NOT NULL REFERENCES settings,
  owner INTEGER NOT NULL REFERENCES articles,
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  calls INTEGER NOT NULL DEFAULT 0,  -- these six over all attempts
  batched INTEGER NOT NULL DEFAULT 0, -- calls that went by batch
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  cached_tokens INTEGER NOT NULL DEFAULT 0,
  unmetered INTEGER NOT NULL DEFAULT 0, -- tries whose tokens the server did not tell
  kind TEXT, reason TEXT,
  extraction TEXT,                   -- JSON
  PRIMARY KEY (content, setting)
) WITHOUT ROWID;
CREATE INDEX in_order ON work (setting, state, owner);
-- What is still to be asked, deflated; gone once it is done.
CREATE TABLE texts (
  content TEXT PRIMARY KEY,
  details TEXT NOT NULL,             -- JSON: id, title, outlet, published, url
  body BLOB NOT NULL
) WITHOUT ROWID;
-- Answers to the calls of an article that is not done yet: paid for, so kept.
CREATE TABLE answers (
  content TEXT NOT NULL,
  setting INTEGER NOT NULL,
  call TEXT NOT NULL,                -- SHA-256 of what was asked
  answer TEXT NOT NULL,              -- JSON
  PRIMARY KEY (content, setting, call)
) WITHOUT ROWID;
-- Near-duplicates: the sketch of an article, and the bands by which it is found.
CREATE TABLE sketches (
  ordinal INTEGER PRIMARY KEY REFERENCES articles,
  digest BLOB NOT NULL,
  telling TEXT NOT NULL              -- JSON: figures and negations, how often each
);
CREATE TABLE bands (
  hash INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (hash, ordinal)
) WITHOUT ROWID;
