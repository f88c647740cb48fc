import {join} from 'node:path';
import type {Machine} from './machine.ts';

/** Limits recursion; deeper than nested runtimes create cgroups. */
const DEPTH = 16;

/** Yields the paths of all cgroups below the roots, without duplicates, parents first. Lists folders lazily. */
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
