/** Addresses of the pictures by their countries; a picture is loaded where one is shown. */
const FLAGS = import.meta.glob<string>('../../../../node_modules/country-flag-icons/3x2/*.svg', {
  eager: true,
  query: '?url',
  import: 'default',
});

const byCountry = new Map(
  Object.entries(FLAGS).map(([path, url]) => [path.replace(/^.*\/|\.svg$/g, ''), url] as const),
);

/** A country's flag. It only repeats what stands beside it. */
export function Flag({ country, className = '' }: { country: string | null; className?: string }) {
  const url = country === null ? undefined : byCountry.get(country);
  return url === undefined ? (
    <span aria-hidden className={`inline-block h-3.5 w-5 shrink-0 rounded-xs bg-sunken ${className}`} />
  ) : (
    <img
      src={url}
      alt=""
      loading="lazy"
      width={20}
      height={14}
      className={`h-3.5 w-5 shrink-0 rounded-xs object-cover ring-1 ring-line ${className}`}
    />
  );
}
