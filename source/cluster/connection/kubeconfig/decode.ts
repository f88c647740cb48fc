import {decodeCluster} from './decode-cluster.ts';
import {decodeUser} from './decode-user.ts';
import {type FieldReader, readFields} from './field-reader.ts';
import type {ContextEntry, Entries, Kubeconfig} from './kubeconfig.ts';

/**
 * Decodes a parsed kubeconfig file. An undefined `document` (an empty file) is a kubeconfig without entries.
 *
 * @throws KtopError `usage` with the file and field, never with a value.
 */
export function decodeKubeconfig(document: unknown, file: string, directory: string): Kubeconfig {
	const fields = readFields(document ?? {}, file);
	const kind = fields.text('kind');
	if (kind !== undefined && kind !== 'Config') {
		throw fields.fail('kind', 'is not Config', 'this is not a kubeconfig: pass one to --kubeconfig');
	}
	return {
		files: [file],
		currentContext: fields.text('current-context'),
		clusters: decodeNamed(fields, 'clusters', 'cluster', entry => decodeCluster(entry, directory)),
		users: decodeNamed(fields, 'users', 'user', (entry, name) => decodeUser(entry, name, directory)),
		contexts: decodeNamed(fields, 'contexts', 'context', decodeContext),
	};
}

function decodeContext(fields: FieldReader): ContextEntry {
	return {
		cluster: fields.text('cluster'),
		user: fields.text('user'),
		namespace: fields.text('namespace'),
	};
}

function decodeNamed<Entry>(
	fields: FieldReader,
	list: string,
	item: string,
	decode: (fields: FieldReader, name: string) => Entry,
): Entries<Entry> {
	const entries = new Map<string, FieldReader>();
	for (const named of fields.objects(list)) {
		const name = named.text('name');
		// Entries without a name cannot be referenced. As in client-go, the first entry of a name is used.
		if (name !== undefined && !entries.has(name)) {
			entries.set(name, named);
		}
	}
	return {
		names: () => [...entries.keys()],
		get: name => {
			const named = entries.get(name);
			return named && decode(named.object(item) ?? readFields({}, named.file, `${named.path}.${item}`), name);
		},
	};
}
