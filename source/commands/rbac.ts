import {LEAST_RIGHTS, roleManifest, type Subject, serviceAccountManifest} from '../cluster/rbac/manifest.ts';
import {recorderManifest, SPOOL_FOLDER} from '../cluster/rbac/recorder-manifest.ts';
import {subjectOfUser} from '../cluster/rbac/subject-of-user.ts';
import {KtopError} from '../metrics/failure.ts';
import type {OptionsOf} from '../options/options.ts';
import {type InfluxdbSpec, influxdbUri} from '../options/store-spec.ts';

const NAME = 'ktop';
const RECORDER = 'ktop-record';
const NAMESPACE = 'default';

/** Where Heapster's users have their store. */
const USUAL_STORE = 'http://monitoring-influxdb.kube-system:8086';

/** Prints the manifest with the least rights: for `--as USER` and `--as-group GROUP`, else for a service account. */
export async function rbac({cluster, selection, recording}: OptionsOf<'rbac'>): Promise<number> {
	const {namespace = NAMESPACE} = selection;
	const subjects: readonly Subject[] = [
		...(cluster.as === undefined ? [] : [subjectOfUser(cluster.as)]),
		...cluster.asGroups.map(name => ({kind: 'Group', name}) as const),
	];
	if (recording.isForRecording) {
		process.stdout.write(
			`${serviceAccountManifest(NAME, namespace, LEAST_RIGHTS)}---\n${recorder(recording, namespace)}`,
		);
		return 0;
	}

	process.stdout.write(
		subjects.length > 0
			? roleManifest(NAME, LEAST_RIGHTS, subjects)
			: serviceAccountManifest(NAME, namespace, LEAST_RIGHTS),
	);
	return 0;
}

/** The recorder itself. What the sink's URI has of credentials belongs into a Secret, and is left out. */
function recorder({sinks, shard}: OptionsOf<'rbac'>['recording'], namespace: string): string {
	const store = sinks.find((sink): sink is InfluxdbSpec => sink.kind === 'influxdb');
	if (store === undefined && sinks.length > 0) {
		throw new KtopError({
			code: 'usage',
			brief: 'no store',
			message: 'a recorder in the cluster writes into a store, and --sink names a file',
			hint: 'give --sink influxdb:URL?db=k8s',
		});
	}

	return recorderManifest({
		name: RECORDER,
		namespace,
		serviceAccount: NAME,
		version: process.env.KTOP_VERSION ?? 'latest',
		sink: influxdbUri({url: USUAL_STORE, database: 'k8s', ...store, spoolFolder: SPOOL_FOLDER}),
		recorders: shard?.count ?? 1,
	});
}
