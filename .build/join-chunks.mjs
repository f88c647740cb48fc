// esbuild makes a chunk of whatever some entry points have in common: half a hundred files for a snapshot, most of them of some
// hundred bytes, and Node needs a third of a millisecond of CPU time for each. This joins those that are loaded together anyway.
import {basename, dirname, join, relative} from 'node:path/posix';
import {build} from 'esbuild';

const SNAPSHOT = 'source/commands/snapshot.ts';
const MONITOR = 'source/commands/monitor.ts';
const CLUSTER = 'source/connect/open-cluster.ts';
const SHOW_SCREEN = 'source/commands/show-screen.ts';
const SCREEN = 'source/ui/start-screen.tsx';
const WORKER = 'source/scrape/workers/worker.ts';

const SCREENS = [MONITOR, SHOW_SCREEN, SCREEN];

/**
 * Names of files, the entry points that load all of each, and those that may: what most starts have in common comes
 * first. A pipe loads nothing that is of the screen alone.
 */
export const LOADED_TOGETHER = [
	{file: 'base', by: ['source/main.ts', WORKER]},
	{file: 'main', by: ['source/main.ts']},
	{file: 'scrape', by: [SNAPSHOT, MONITOR, WORKER]},
	{file: 'scrape', by: ['source/scrape/kubelet/target.ts', CLUSTER]},
	{file: 'connect', by: [SNAPSHOT, MONITOR, CLUSTER]},
	{file: 'connect', by: [SNAPSHOT, 'source/commands/help.ts']},
	{file: 'read', by: [SNAPSHOT, MONITOR]},
	{file: 'read', by: [SNAPSHOT, SCREEN]},
	{file: 'shared', by: [MONITOR, CLUSTER]},
	{file: 'inventory', by: [CLUSTER, 'source/connect/open-demo.ts']},
	{file: 'cluster', by: [CLUSTER]},
	{file: 'snapshot', by: [SNAPSHOT]},
	{file: 'show-screen', by: [SHOW_SCREEN], only: SCREENS},
	{file: 'monitor', by: [MONITOR], only: SCREENS},
	{file: 'shared', by: [MONITOR]},
	{file: 'screen', by: [SCREEN], only: SCREENS},
	{file: 'connections', by: ['source/http/open-connections.ts']},
];

/**
 * Takes what esbuild's `build` gives with `splitting`, `metafile` and without `write`, and lists like those above.
 * Chunks are joined in the file of the first list that has them; others stay. Returns texts by path, and a metafile as if
 * esbuild had made these files. What a chunk imports is loaded by all that load the chunk, so it is in the same file, in that of a list before
 * or in one that more entry points load: a test holds that files never import each other in a circle.
 */
export async function joinChunks({outputFiles, metafile: {inputs, outputs}}, lists, outdir, options) {
	const texts = new Map(outputFiles.map(({path, text}) => [basename(path), text]));
	const chunks = new Map(Object.keys(outputs).map(path => [basename(path), {path, ...outputs[path]}]));
	const fileOf = filesOf(outputs, lists, outdir);
	const places = [...chunks.keys()];
	/** Names of an entry point are known to who imports it; in all others they are short, and the same in many. */
	const exportsOf = chunk => {
		const {entryPoint, exports} = chunks.get(chunk);
		return exports.map(name => [name, entryPoint === undefined ? `${name}_${places.indexOf(chunk)}` : name]);
	};
	const files = new Map();
	const joined = {inputs, outputs: {}};
	for (const file of new Set(fileOf.values())) {
		const members = places.filter(chunk => fileOf.get(chunk) === file);
		const pathTo = chunk => {
			const path = relative(dirname(file), fileOf.get(chunk));
			return path.startsWith('.') ? path : `./${path}`;
		};
		const linker = {
			name: 'join chunks',
			setup({onResolve, onLoad}) {
				onResolve({filter: /.*/}, ({path, kind, namespace}) => {
					const chunk = basename(path);
					if (namespace === 'elsewhere' || !fileOf.has(chunk)) {
						return {path, external: true};
					}

					if (kind === 'dynamic-import') {
						return {path: pathTo(chunk), external: true};
					}

					return {path: chunk, namespace: fileOf.get(chunk) === file ? 'member' : 'elsewhere'};
				});
				onLoad({filter: /.*/, namespace: 'member'}, ({path}) => ({contents: texts.get(path)}));
				onLoad({filter: /.*/, namespace: 'elsewhere'}, ({path}) => ({
					contents: reexport(
						exportsOf(path).map(([name, as]) => [as, name]),
						pathTo(path),
					),
				}));
			},
		};
		const [hashbang = ''] = members.flatMap(chunk => /^#!.*/.exec(texts.get(chunk)) ?? []);
		const result = await build({
			...options,
			banner: {js: hashbang},
			stdin: {
				contents: members.map(chunk => `import "${chunk}"; ${reexport(exportsOf(chunk), chunk)}`).join('\n'),
			},
			outfile: file,
			bundle: true,
			write: false,
			metafile: true,
			plugins: [linker],
		});
		const [{imports}] = Object.values(result.metafile.outputs);
		files.set(file, result.outputFiles[0].text);
		joined.outputs[file] = {
			bytes: result.outputFiles[0].contents.length,
			entryPoint: entryPointOf(members.map(chunk => chunks.get(chunk))),
			imports: imports.map(({path, ...of}) => ({path: join(dirname(file), path), ...of})),
			exports: members.flatMap(chunk => exportsOf(chunk).map(([, as]) => as)),
			inputs: Object.assign({}, ...members.map(chunk => chunks.get(chunk).inputs)),
		};
	}

	return {files, metafile: joined};
}

/** The path of the file of each chunk, by the chunk's name. */
function filesOf(outputs, lists, outdir) {
	const loadedBy = new Map(
		Object.entries(outputs).flatMap(([path, {entryPoint}]) =>
			entryPoint === undefined ? [] : [[entryPoint, staticClosure(path, outputs)]],
		),
	);
	for (const entryPoint of lists.flatMap(({by}) => by)) {
		if (!loadedBy.has(entryPoint)) {
			throw new Error(`${entryPoint} is no entry point any more; see the build`);
		}
	}

	return new Map(
		Object.keys(outputs).map(path => {
			const loading = [...loadedBy].flatMap(([entryPoint, closure]) => (closure.has(path) ? entryPoint : []));
			const list = lists.find(
				({by, only = loading}) =>
					by.every(entryPoint => loading.includes(entryPoint)) &&
					loading.every(entryPoint => only.includes(entryPoint)),
			);
			return [basename(path), list === undefined ? path : `${outdir}/${list.file}.js`];
		}),
	);
}

/** What is loaded with a chunk, the chunk among it. */
function staticClosure(chunk, outputs) {
	const reached = new Set();
	const visit = path => {
		if (outputs[path] !== undefined && !reached.has(path)) {
			reached.add(path);
			for (const {path: imported, kind} of outputs[path].imports) {
				if (kind === 'import-statement') {
					visit(imported);
				}
			}
		}
	};
	visit(chunk);
	return reached;
}

function entryPointOf(members) {
	const entryPoints = members.flatMap(({entryPoint}) => entryPoint ?? []);
	if (entryPoints.length > 1) {
		throw new Error(`one file of two entry points: ${entryPoints.join(', ')}`);
	}

	return entryPoints[0];
}

function reexport(names, path) {
	return `export {${names.map(([name, as]) => `${name} as ${as}`).join(', ')}} from "${path}";`;
}
