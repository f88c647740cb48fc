import {readFileSync} from 'node:fs';

/** The text of a recorded answer of a Kubernetes 1.36.2 API server (or, `pods-with-resources`, of a made one). */
export function fixtureText(name: string): string {
	return readFileSync(new URL(`../../fixtures/apiserver/${name}`, import.meta.url), 'utf8');
}

export type RawObject = {readonly [key: string]: unknown};
export type RawList = {
	readonly metadata: {readonly resourceVersion: string; readonly continue?: string};
	readonly items: readonly RawObject[];
};

export function fixtureList(name: string): RawList {
	const list: RawList = JSON.parse(fixtureText(name));
	return list;
}

/** The 26 pods of the recorded cluster, which its server gave in six pages. */
export function recordedPods(): readonly RawObject[] {
	return [1, 2, 3, 4, 5, 6].flatMap(page => fixtureList(`pods-limit5-page${page}.json`).items);
}
