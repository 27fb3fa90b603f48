variable "outer" {
  type = string
}
variable "named" {
  type    = string
  default = null
}
resource "terraform_data" "this" {
  input = var.outer
}
resource "terraform_data" "inner" {
  input = terraform_data.this.id
}
output "id" {
  value = terraform_data.this.id
}
