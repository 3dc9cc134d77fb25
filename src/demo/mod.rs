//! A small newspaper on a loopback port, made from `fixtures/`: the program's own trial run.
