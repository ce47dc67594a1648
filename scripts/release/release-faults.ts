/** What a release is made of. */
export interface Release {
  /** `package.json`, parsed. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly changelog: string;
  /** The tag that starts it, such as `v1.0.0`. */
  readonly tag: string;
  /** The address of the repository that it runs in. */
  readonly repository: string;
}

/** The fields of `package.json` that say where the project lives, all made of one address. */
export const repositoryFields = (url: string): Readonly<Record<string, string>> => ({
  'repository.type': 'git',
  'repository.url': `git+${url}.git`,
  homepage: `${url}#readme`,
  'bugs.url': `${url}/issues`,
});

const valueAt = (manifest: Release['manifest'], path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      manifest,
    );

/** The section of a version, without its heading; nothing when it is absent or has no date. */
export const notesOf = (changelog: string, version: string): string | undefined => {
  const heading = new RegExp(`^## ${version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}$`, 'm');
  const [, after] = changelog.split(heading);
  return after?.split(/^## /m)[0]?.trim();
};

/** Everything that keeps a release from being made, each with what to do about it. */
export const releaseFaults = ({ manifest, changelog, tag, repository }: Release): string[] => {
  const version = String(manifest['version']);
  const wrong = Object.entries(repositoryFields(repository)).filter(
    ([path, value]) => valueAt(manifest, path) !== value,
  );
  return [
    ...(tag === `v${version}`
      ? []
      : [`The tag is ${tag}, the version ${version}: tag v${version}, or change the version.`]),
    ...(wrong.length === 0
      ? []
      : [
          `package.json does not say that the project lives at ${repository} (${wrong.map(([path]) => path).join(', ')}). npm needs it for provenance, and for links and pictures on the package's page: npm run repository -- ${repository}`,
        ]),
    ...(notesOf(changelog, version) === undefined
      ? [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD": give the version its date.`]
      : []),
  ];
};
