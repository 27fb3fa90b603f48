variable "use_first" {
  type    = bool
  default = true
}
variable "keys" {
  type    = set(string)
  default = ["fra", "muc"]
}
locals {
  first = terraform_data.one.id
}
resource "terraform_data" "one" {}
resource "terraform_data" "other" {}
resource "terraform_data" "unused" {
  count = 0
}
resource "terraform_data" "counted" {
  count = 2
}
resource "terraform_data" "keyed" {
  for_each = var.keys
}
resource "terraform_data" "by_name" {
  input = terraform_data.one.id
}
resource "terraform_data" "by_index" {
  input = terraform_data.counted[1].id
}
resource "terraform_data" "by_count" {
  count = 2
  input = terraform_data.counted[count.index].id
}
resource "terraform_data" "by_other_count" {
  count = 3
  input = terraform_data.counted[count.index % 2].id
}
resource "terraform_data" "by_key" {
  for_each = var.keys
  input    = terraform_data.keyed[each.key].id
}
resource "terraform_data" "by_chain" {
  for_each = terraform_data.keyed
  input    = each.value.id
}
resource "terraform_data" "by_local" {
  input = local.first
}
resource "terraform_data" "by_choice" {
  input = var.use_first ? terraform_data.one.id : terraform_data.other.id
}
resource "terraform_data" "by_try" {
  input = try(terraform_data.unused[0].id, terraform_data.other.id)
}
resource "terraform_data" "by_output" {
  input = module.site["muc"].id
}
resource "terraform_data" "by_hidden" {
  for_each = toset(["203.0.113.9"])
  input    = terraform_data.one.id
}
resource "terraform_data" "unwritten" {}
module "site" {
  for_each = var.keys
  source   = "./site"
  outer    = terraform_data.keyed[each.key].id
}
