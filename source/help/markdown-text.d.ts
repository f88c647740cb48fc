/** Topics are bundled as text (`loader` in .build.mjs, a plugin in test/vitest.config.ts). */
declare module '*.md' {
	const text: string;
	export default text;
}
