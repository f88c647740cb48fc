import {resolve} from 'node:path';
import type {FieldReader} from './field-reader.ts';
import type {ExecEntry} from './kubeconfig.ts';

const v1 = 'client.authentication.k8s.io/v1';
const v1beta1 = 'client.authentication.k8s.io/v1beta1';
const modes = ['Never', 'IfAvailable', 'Always'] as const;

/** Decodes `users[].user.exec`. Resolves a command with a slash from `directory`; a bare name is for PATH. */
export function decodeExec(fields: FieldReader, directory: string): ExecEntry {
	const command = fields.text('command');
	if (command === undefined) {
		throw fields.fail('command', 'is missing', 'name the credential plugin to run');
	}
	const apiVersion = decodeApiVersion(fields);
	return {
		apiVersion,
		command: command.includes('/') ? resolve(directory, command) : command,
		args: fields.texts('args'),
		env: new Map(fields.objects('env').map(decodeVariable)),
		installHint: fields.text('installHint'),
		provideClusterInfo: fields.flag('provideClusterInfo'),
		interactiveMode: decodeMode(fields, apiVersion),
	};
}

function decodeApiVersion(fields: FieldReader): ExecEntry['apiVersion'] {
	const version = fields.text('apiVersion');
	if (version === v1 || version === v1beta1) {
		return version;
	}
	const hint = `use ${v1}, and a release of the plugin that supports it`;
	throw fields.fail('apiVersion', version === undefined ? 'is missing' : `must be ${v1} or ${v1beta1}`, hint);
}

/** v1beta1 defaults to IfAvailable; v1 has no default (client-go, `ValidateExecConfig`). */
function decodeMode(fields: FieldReader, apiVersion: ExecEntry['apiVersion']): ExecEntry['interactiveMode'] {
	const text = fields.text('interactiveMode');
	if (text === undefined && apiVersion === v1beta1) {
		return 'IfAvailable';
	}
	const mode = modes.find(known => known === text);
	if (mode !== undefined) {
		return mode;
	}
	const problem = text === undefined ? 'is missing' : 'must be Never, IfAvailable or Always';
	throw fields.fail('interactiveMode', problem, 'write: interactiveMode: IfAvailable');
}

function decodeVariable(fields: FieldReader): readonly [string, string] {
	const name = fields.text('name');
	if (name === undefined) {
		throw fields.fail('name', 'is missing', 'every env entry needs name and value');
	}
	return [name, fields.text('value') ?? ''];
}
