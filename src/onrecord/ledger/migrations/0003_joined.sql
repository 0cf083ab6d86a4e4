-- Keys of actors that the coverage as a whole shows to be one. Derived: replaced whenever red lines are formed.

CREATE TABLE joined (
  key TEXT PRIMARY KEY,
  kept TEXT NOT NULL, -- the key under which the actor is shown; never itself joined
  score REAL NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX joined_kept ON joined (kept, key);
