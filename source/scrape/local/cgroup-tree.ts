import {join} from 'node:path';
import type {Machine} from './machine.ts';

/** Deeper than runtimes nest cgroups, even within one another; the bound is against loops. */
const DEPTH = 16;

/** Paths of all cgroups below the roots of the hierarchies, each path once, parents first; listed as they are taken. */
export function* cgroupPaths(machine: Machine, roots: readonly string[]): Generator<string> {
	const seen = new Set<string>();
	for (const root of roots) {
		for (const path of below(machine, root, '', DEPTH)) {
			if (!seen.has(path)) {
				seen.add(path);
				yield path;
			}
		}
	}
}

function* below(machine: Machine, root: string, path: string, depth: number): Generator<string> {
	for (const name of machine.folders(join(root, path))) {
		const child = `${path}/${name}`;
		yield child;
		if (depth > 1) {
			yield* below(machine, root, child, depth - 1);
		}
	}
}
