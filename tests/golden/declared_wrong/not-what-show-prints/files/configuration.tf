resource "aws_vpn_connection" "main" {
  customer_gateway_id   = aws_customer_gateway.main.id
  tunnel1_preshared_key = "Zz9hclKeyhQ4vLx"
}
