/** `pubDate` → `pub_date`, `htmlURL` → `html_url`; what is snake_case already stays, leading underscores too. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** `Book` → `book`, `BookAuthorMap` → `bookAuthorMap`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `book` → `Book`. */
export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `pubDate` and `pub_date` → `pub date`: a name as words. */
export function words(name: string): string {
  return snakeCase(name).replaceAll('_', ' ').trim();
}
