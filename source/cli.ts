#!/usr/bin/env node
// This file must parse and run on a Node that is too old for all the others, to say so; hence the plain style, and
// no import before the check.

const found = process.versions.node.split('.').map(Number);
// The build takes Node's own modules by `process.getBuiltinModule`, which is in 20.16 and 22.3, and in no 21.
const isTooOld =
	Number(found[0]) < 20 ||
	(Number(found[0]) === 20 && Number(found[1]) < 19) ||
	typeof process.getBuiltinModule !== 'function';

if (isTooOld) {
	process.stderr.write(
		`ktop: needs Node 20.19, 22.3 or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org\n`,
	);
	process.exitCode = 2;
} else {
	void import('./main.ts').then(module => module.main(process.argv.slice(2)));
}
