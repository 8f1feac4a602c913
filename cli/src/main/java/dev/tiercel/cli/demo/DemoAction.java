package dev.tiercel.cli.demo;

/// Something suspicious that harms nobody.
///
/// @param name short, for `--only`
/// @param terminal whether it has a terminal
/// @param what it does
/// @param why somebody does that who should not be there
/// @param rule default rule or correlation whose alert it must raise; no other action raises that one
/// @param line shell command that does it, in a container without network and capabilities
record DemoAction(String name, boolean terminal, String what, String why, String rule, String line) {}
