import {LEAST_RIGHTS, roleManifest, type Subject, serviceAccountManifest} from '../cluster/rbac/manifest.ts';
import {subjectOfUser} from '../cluster/rbac/subject-of-user.ts';
import type {Options} from '../options/options.ts';

const NAME = 'ktop';
const NAMESPACE = 'default';

/** Prints the manifest with the least rights: for `--as USER` and `--as-group GROUP`, else for a service account. */
export async function rbac({cluster, namespace = NAMESPACE}: Options): Promise<number> {
	const subjects: readonly Subject[] = [
		...(cluster.as === undefined ? [] : [subjectOfUser(cluster.as)]),
		...cluster.asGroups.map(name => ({kind: 'Group', name}) as const),
	];
	process.stdout.write(
		subjects.length > 0
			? roleManifest(NAME, LEAST_RIGHTS, subjects)
			: serviceAccountManifest(NAME, namespace, LEAST_RIGHTS),
	);
	return 0;
}
